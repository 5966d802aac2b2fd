/// Instructions in Chinese, found by their words: nothing parts them.
enum ChineseInstruction {
  private static let clicks = ["点击", "单击", "双击", "点按", "点一下", "轻点", "点选"]
  private static let drags = ["拖拽", "拖动", "拖放", "拖到", "拖入", "拖进"]
  private static let screenNouns = [
    "面板", "窗口", "菜单", "选项卡", "标签页", "编辑器", "设置", "时间线", "时间轴", "素材库", "侧边栏",
    "工具栏", "页面", "对话框", "界面",
  ]
  /// What shows that an export is told of, not asked for.
  private static let reports = ["已导出", "已经导出", "正在导出", "导出完成", "导出成功", "导出了", "导出中", "导出失败"]

  /// What a clause instructs; `nil` where it instructs nothing.
  static func meaning(_ clause: String, quoted: String) -> Meaning? {
    func has(_ words: [String]) -> Bool { words.contains(where: clause.contains) }
    if has(clicks) { return target(quoted) }
    if has(drags) { return .edit }
    if clause.contains("打开"), has(screenNouns) { return target(quoted, opens: true) }
    if has(["预览", "查看"]), has(["时间线", "时间轴"]) { return .summary }
    if has(["查看", "检查", "前往", "充值"]), has(["账户", "账单", "账号", "余额", "积分", "套餐", "帐户"]) {
      return .credits
    }
    if clause.contains("导出"), !has(reports) { return .export }
    return nil
  }

  private static func target(_ clause: String, opens: Bool = false) -> Meaning {
    let clause = clause.lowercased()
    func has(_ words: [String]) -> Bool { words.contains(where: clause.contains) }
    if has(["导出", "下载", "渲染", "保存", "export"]) { return .export }
    if has(["上传", "导入", "upload"]) { return .upload }
    if has(["积分", "余额", "账单", "充值", "升级"]) { return .credits }
    if has(["预览", "播放"]) { return .summary }
    return opens || has(["面板", "菜单", "选项卡", "标签页"]) ? .state : .edit
  }
}
