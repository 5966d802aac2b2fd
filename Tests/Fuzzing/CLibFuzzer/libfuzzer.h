// libFuzzer as a library (LLVM's compiler-rt; https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library).
#include <stddef.h>
#include <stdint.h>

// Runs the fuzzer with its own arguments; `user_callback` gets each input.
int LLVMFuzzerRunDriver(int *argc, char ***argv,
                        int (*user_callback)(const uint8_t *data, size_t size));
