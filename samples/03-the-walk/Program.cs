// One sentence through every room: the program behind docs/the-walk.md.
using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Decoding;
using Sequor.Layers;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Scoring;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Text;
using Sequor.Text.Training;

string folder = Directory.CreateTempSubdirectory("the-walk-").FullName;
SentencePair[] pairs =
[
    new("the river is wide", "der Fluss ist breit"), new("the road is wide", "die Straße ist breit"),
    new("the river is cold", "der Fluss ist kalt"), new("the house is old", "das Haus ist alt"),
    new("the house is cold", "das Haus ist kalt"), new("the road is old", "die Straße ist alt"),
];

string vocabulary = Path.Combine(folder, "vocabulary.model");
SentencePieceTrainer.Train(pairs.SelectMany(pair => new[] { pair.Source, pair.Target }), new() { VocabularySize = 60 }).Save(vocabulary);
Tokenizer tokenizer = Tokenizer.Load(vocabulary);
Console.WriteLine($"pieces   {string.Join(' ', tokenizer.Pieces("the road is wide"))}");
Console.WriteLine($"ids      {string.Join(' ', tokenizer.Encode("the road is wide"))}");

TrainingCorpus corpus = TrainingCorpus.Load([new PairsInMemory(pairs)], PairEncoder.From(tokenizer, tokenizer));
using BatchSequence batches = corpus.Batches(new BatchOptions { Size = 200, Shuffle = false });
TrainingBatch batch = batches.Next();
Console.WriteLine($"batch    {string.Join(' ', batch.Source.Lengths)}: {batch.Source.Rows} source rows, {batch.TargetTokens} target rows");

var block = new BlockOptions { Width = 16, FeedForwardWidth = 32, Heads = 2, Dropout = 0 };
int size = tokenizer.Vocabulary.Size;
using var model = new TransformerModel(
    new TransformerOptions { SourceVocabularySize = size, TargetVocabularySize = size, EncoderLayers = 1, DecoderLayers = 1, Block = block }, seed: 1);
using var step = new Step();
using (step.Begin(StepOptions.Inference))
{
    EncodedSource memory = model.Encode(step, batch.Source);
    Tensor logits = model.Project(model.Decode(step, batch.TargetInput, memory));
    Console.WriteLine($"shapes   memory {memory.States.Shape}, logits {logits.Shape}, {model.Parameters.Count} weights");
}

var loss = new CrossEntropy();
var adam = new Adam(model.Parameters);
for (int update = 1; update <= 200; update++)
{
    using var scope = step.Begin(new StepOptions(RecordGradients: true, Seed: 1, Update: update));
    LossSums sums = loss.Run(model, step, batch);
    double norm = model.Parameters.Gradients.Norm() / sums.Tokens;
    adam.Update(learningRate: 0.01f, gradientScale: 1f / sums.Tokens);
    if (update is 1 or 10 or 50 or 200)
    {
        Console.WriteLine($"update   {update}: loss {sums.LossPerToken:F3}, perplexity {sums.Perplexity:F2}, gradient {norm:F3}");
    }
}

using (FileStream file = File.Create(Path.Combine(folder, "weights.safetensors")))
{
    string hash = SafetensorsWriter.Write(file, ParameterTensors.Of(model.Parameters));
    Console.WriteLine($"file     {file.Length} bytes, weights_sha256 {hash[..16]}…");
}

using var generator = new Generator(model, tokenizer, tokenizer);
GeneratedText output = generator.Generate(["the road is cold"], new BeamSearchOptions { BeamSize = 4, NBest = 2 })[0];
foreach (GeneratedHypothesis found in output.Hypotheses)
{
    Console.WriteLine($"output   {found.Text}: log p {found.Hypothesis.LogProbability:F3}, score {found.Hypothesis.Score:F3}");
}

foreach (MetricResult result in MetricSet.Parse("bleu,chrf").Score([output.Text], [["die Straße ist kalt"]]))
{
    Console.WriteLine($"score    {result.ToLine()}");
}
