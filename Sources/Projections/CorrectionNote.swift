import Core
import Text

/// What publishers write where they correct an article, or take it back.
enum CorrectionNote {
  /// Whether a note of a correction came into an article.
  static func appears(in new: Article, after old: Article) -> Bool {
    count(new) > count(old)
  }

  /// Whether what is left of an article says that it was taken back.
  static func retracts(_ new: Article, _ edit: TextEdit?) -> Bool {
    guard let edit, edit.new.words.words.count <= 60 else { return false }
    guard edit.removed * 2 >= edit.old.lasting.count else { return false }
    return notices.contains { edit.new.holds($0) && !edit.old.holds($0) }
  }

  /// Notes stand at the beginning of a title or a paragraph; within a sentence the words mean no note.
  private static func count(_ article: Article) -> Int {
    ([article.title] + article.text.split(separator: "\n").map(String.init)).count { paragraph in
      let words = Words(String(paragraph.unicodeScalars.prefix(100))).words.map(\.hash)
      return notes.contains { words.starts(with: $0) }
    }
  }

  private static func phrases(_ texts: [String]) -> [[UInt64]] {
    texts.map { Words($0).words.map(\.hash) }
  }

  private static let notes = phrases([
    "correction", "koreksi", "ralat", "diperbarui", "update", "updated", "mise à jour",
    "rectificatif", "berichtigung", "korrektur", "исправлено", "تصحيح", "更正",
  ])
  private static let notices = phrases([
    "has been removed", "has been retracted", "has been withdrawn", "has been deleted",
    "telah dihapus", "telah ditarik", "telah dicabut", "a été supprimé", "a été retiré",
    "wurde entfernt", "wurde zurückgezogen", "wurde gelöscht", "ha sido eliminado",
    "ha sido retirado", "foi removido", "статья удалена", "материал удален", "本文已删除", "已撤稿",
  ])
}
