import ArgumentParser
import Core
import Text

/// Makes the model that finds names, from labelled sentences; the same files give the same bytes.
struct ModelTrainNamesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "names",
    abstract: "Train the model that finds names from labelled sentences.",
    discussion: """
      The first corpus is the one whose guideline is followed when news is read.
      Example: tidings model train names --data idner.txt --data nergrit.txt --out names-id.model
      """)

  @Option(help: "A labelled file, a token and its tag a line; give it again for each corpus.")
  var data: [String]

  @Option(help: "Where the model is written.")
  var out: String

  @Option(help: "A folder with other lists than those shipped.")
  var resources: String?

  @Option(help: "The table has two to this many rows.")
  var bits = 18

  @Option(help: "How often each run goes over all sentences.")
  var epochs = 12

  @Option(help: "Runs, each in an order of its own, whose weights are added up.")
  var runs = 4

  @Option(help: "Gives the orders.")
  var seed: UInt64 = 42

  func validate() throws {
    guard (10...22).contains(bits) else { throw ValidationError("--bits takes 10 to 22") }
    guard (1...100).contains(epochs) else { throw ValidationError("--epochs takes 1 to 100") }
    guard (1...100).contains(runs) else { throw ValidationError("--runs takes 1 to 100") }
  }

  func run() throws {
    let files = ResourceFiles(resources)
    let gazetteer = try NameResources.gazetteer(files)
    let words = NameWords(listing: try files.bytes("name-words.tsv"))
    var trainer = NameTrainer(bits: bits, seed: seed)
    var all: [UInt8] = []
    for file in data {
      let bytes = try Input.bytes(of: file)
      all += bytes
      trainer.add(try LabelledText.sentences(of: bytes, file), words, gazetteer)
    }
    for run in 0..<runs {
      trainer.train(run: run, epochs: epochs) { epoch, wrong in
        Terminal.tell("run \(run + 1), epoch \(epoch): \(wrong) sentences read wrong")
      }
    }
    try DurableFile.write(trainer.model(dataDigest: SHA256.hash(all)).file, to: out)
  }
}
