import Foundation
import Testing

@testable import Serving

@Suite("The palette") struct PaletteTests {
  /// WCAG 2.2, "relative luminance".
  private static func luminance(_ color: UInt32) -> Double {
    func linear(_ shift: UInt32) -> Double {
      let part = Double(color >> shift & 0xFF) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
  }

  private static func contrast(_ first: UInt32, _ second: UInt32) -> Double {
    let (light, dark) = (
      max(luminance(first), luminance(second)), min(luminance(first), luminance(second))
    )
    return (light + 0.05) / (dark + 0.05)
  }

  @Test func `is measured as the standard says`() {
    #expect(Self.contrast(0xFFFFFF, 0x000000) == 21)
    #expect(abs(Self.contrast(0x777777, 0xFFFFFF) - 4.48) < 0.01)
  }

  @Test func `can be read by day and by night`() {
    for (text, ground) in Palette.pairs {
      #expect(Self.contrast(text.day, ground.day) >= 4.5, "\(text) on \(ground) by day")
      #expect(Self.contrast(text.night, ground.night) >= 4.5, "\(text) on \(ground) by night")
    }
  }

  @Test func `is what the stylesheet names, and all of it`() {
    let text = StyleSheet.text
    let used = Set(
      text.ranges(of: "var(--").map { place in
        String(text[place.upperBound...].prefix { $0 != ")" })
      })
    #expect(used == Set(Palette.allCases.map(\.rawValue)))
    // No colour but these.
    #expect(text.ranges(of: "#").count == 2 * Palette.allCases.count)
  }
}
