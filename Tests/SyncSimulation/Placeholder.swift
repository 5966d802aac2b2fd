import ScriptSync
