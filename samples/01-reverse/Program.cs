// Teaches a small Transformer to write words backwards, then asks it about words that it has never seen.
using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Layers;
using Sequor.Losses;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Tensors.Autograd;
using Sequor.Text;
using Sequor.Training;
using Sequor.Training.Logs;

// 1. Pairs to learn from: random words of 3 to 10 letters and the same words reversed.
SentencePair[] pairs = [.. Enumerable.Range(0, 20_000).Select(number => Pair((ulong)number))];

// 2. Text to ids, ids to batches.
var tokenizer = new CharacterTokenizer(Vocabulary.Build(pairs.SelectMany(pair => pair.Source.Select(letter => letter.ToString())), 100));
TrainingCorpus corpus = TrainingCorpus.Load([new PairsInMemory(pairs)], PairEncoder.From(tokenizer, tokenizer));
using BatchSequence batches = corpus.Batches(new BatchOptions { Size = 2000 });

// 3. A model, a loss, an optimiser, and the loop over them.
var options = new TransformerOptions
{
    SourceVocabularySize = tokenizer.Vocabulary.Size,
    TargetVocabularySize = tokenizer.Vocabulary.Size,
    EncoderLayers = 2,
    DecoderLayers = 2,
    Block = new BlockOptions { Width = 64, FeedForwardWidth = 128, Heads = 4, Dropout = 0 },
};
using var model = new TransformerModel(options, seed: 1);
using var trainer = new Trainer(
    model, new CrossEntropy(), new Adam(model.Parameters), new InverseSquareRootSchedule(peak: 0.003f, warmupUpdates: 200),
    new TrainerOptions { MaxUpdates = 1500, LogEvery = 250 });
trainer.Run(batches, new PlainTextListener(Console.Out, intervalSeconds: 0));

// 4. Words that were not among the pairs.
string[] unseen = [.. Enumerable.Range(1_000_000, 200).Select(number => Pair((ulong)number).Source)];
using var generator = new Generator(model, tokenizer, tokenizer);
IReadOnlyList<GeneratedText> outputs = generator.Generate(unseen, new GreedySearchOptions());
int right = outputs.Count(output => output.Text == Reversed(output.Source));
foreach (GeneratedText output in outputs.Take(5))
{
    Console.WriteLine($"{output.Source} -> {output.Text}");
}

Console.WriteLine($"{right} of {outputs.Count} unseen words written backwards");
return right >= 190 ? 0 : 1;

static SentencePair Pair(ulong number)
{
    int length = 3 + (int)(RandomKeys.Uniform(RandomKeys.Mix(number, 0)) * 8);
    string word = string.Concat(Enumerable.Range(1, length).Select(
        place => (char)('a' + (int)(RandomKeys.Uniform(RandomKeys.Mix(number, (ulong)place)) * 26))));
    return new SentencePair(word, Reversed(word));
}

static string Reversed(string word) => string.Concat(word.Reverse());
