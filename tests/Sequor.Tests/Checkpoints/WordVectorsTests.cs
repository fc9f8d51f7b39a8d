using System.IO.Compression;
using System.Text;
using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Layers;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Tests.Checkpoints;

public sealed class WordVectorsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-vectors-").FullName;
    private readonly ParameterSet _parameters = new();
    private readonly Embedding _embedding;
    private readonly Vocabulary _vocabulary = new(["<unk>", "<s>", "</s>", "<pad>", "▁the", "the", "▁mill", "ing", ". . ."]);
    private readonly float[] _drawn;

    public WordVectorsTests()
    {
        var weights = new FreshWeights(_parameters);
        _embedding = new Embedding(9, 3, weights.In("embedding"));
        weights.Draw(seed: 5);
        _drawn = _embedding.Table.Value.ToArray();
    }

    public void Dispose()
    {
        _parameters.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4 3\n")]
    public void Rows_are_found_by_exact_form_or_without_the_mark_and_the_rest_stays_as_drawn(string header)
    {
        WordVectorCoverage coverage = Load($"{header}the 1 2 3\nmill -0.5 1e-2 4 \nunheard 9 9 9\n</s> 7 7 7\r\n");

        Assert.Equal("found 4 of 9 pieces", coverage.ToString());
        Assert.Equal([2, 4, 5, 6], coverage.Ids.Order());
        AssertRow([7, 7, 7], 2);
        AssertRow([1, 2, 3], 4);
        AssertRow([1, 2, 3], 5);
        AssertRow([-0.5f, 0.01f, 4], 6);
        foreach (int id in (int[])[0, 1, 3, 7, 8])
            AssertRow(_drawn.AsSpan(3 * id, 3).ToArray(), id);
    }

    [Fact]
    public void An_exact_form_goes_before_one_without_its_mark_wherever_it_stands()
    {
        Load("the 1 1 1\n▁the 2 2 2\n▁mill 3 3 3\nmill 4 4 4\n");
        AssertRow([2, 2, 2], 4);
        AssertRow([1, 1, 1], 5);
        AssertRow([3, 3, 3], 6);
    }

    [Fact]
    public void Words_may_hold_spaces_and_the_first_of_two_counts()
    {
        WordVectorCoverage coverage = Load("ing 1 1 1\n. . . 5 5 5\ning 2 2 2\nunheard 0 0 0\nunheard 1 1 1\n");
        AssertRow([5, 5, 5], 8);
        AssertRow([1, 1, 1], 7);
        Assert.Equal("found 2 of 9 pieces; 1 stood there more than once, and the first counts", coverage.ToString());
    }

    [Fact]
    public void Packed_files_are_unpacked()
    {
        using (GZipStream gzip = new(File.Create(At("v.gz")), CompressionLevel.Fastest))
            gzip.Write("ing 1 2 3\n"u8);
        Assert.Equal([7], WordVectors.Load(At("v.gz"), _vocabulary, _parameters, _embedding.Table).Ids);
        AssertRow([1, 2, 3], 7);
    }

    // Drawn with deviation 1 / √3: the file's numbers have a root mean square of √(75 / 6) and come out with that of the drawn rows.
    [Fact]
    public void Vectors_are_scaled_to_length_one_or_to_the_size_of_what_was_drawn()
    {
        const string Text = "ing 3 0 4\nthe 0 5 5\n";
        Load(Text, VectorScale.Unit);
        AssertRow([0.6f, 0, 0.8f], 7);

        double drawn = Math.Sqrt(_embedding.Table.Value.ToArray().Average(value => (double)value * value));
        Load(Text, VectorScale.AsDrawn);
        float factor = (float)(drawn / Math.Sqrt((9 + 16 + (2 * 50.0)) / 9));
        AssertRow([3 * factor, 0, 4 * factor], 7, 1e-5f);
        AssertRow([0, 5 * factor, 5 * factor], 4, 1e-5f);
    }

    [Fact]
    public void Pieces_that_are_taken_keep_what_they_have()
    {
        File.WriteAllText(At("v.txt"), "ing 1 1 1\nthe 2 2 2\n");
        WordVectorCoverage coverage = WordVectors.Load(At("v.txt"), _vocabulary, _parameters, _embedding.Table, taken: new HashSet<int> { 4, 7 });
        Assert.Equal([5], coverage.Ids);
        AssertRow(_drawn.AsSpan(21, 3).ToArray(), 7);
    }

    [Theory]
    [InlineData("ing 1 2 3\nthe 1 2\n", "Line 1 of the word vectors 'v.txt': the vectors are 2 wide, but the embedding embedding.weight is 3 wide", 1)]
    [InlineData("2 3\ning 1 2 3\nthe 1 2\n", "Line 3 of the word vectors 'v.txt': 3 columns were found where a word and 3 numbers are expected", 3)]
    [InlineData("2 300\ning 1 2 3\n", "the vectors are 300 wide, but the embedding embedding.weight is 3 wide; choose vectors of that width, or make the model's embeddings 300 wide", 1)]
    [InlineData("ing 1 x 3\n", "Line 1 of the word vectors 'v.txt': number 2 of 'ing' is 'x', which is no finite number", 1)]
    [InlineData("the 1 2 3\ning 1 2 NaN\n", "Line 2 of the word vectors 'v.txt': number 3 of 'ing' is 'NaN'", 2)]
    [InlineData("3 3\ning 1 2 3\nthe 1 2 3\n", "the file ends after 2 vectors, but its first line promises 3", 3)]
    [InlineData("", "there are no word vectors", 1)]
    [InlineData("word\n", "there are no word vectors", 1)]
    public void A_fault_names_file_and_line(string text, string sentence, int line)
    {
        CorpusException fault = Assert.Throws<CorpusException>(() => Load(text));
        Assert.Contains(sentence, fault.Message.Replace(At("v.txt"), "v.txt", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(line, fault.Line);
        Assert.Equal(_drawn, _embedding.Table.Value.ToArray());
    }

    [Fact]
    public void A_line_that_no_vector_is_as_long_as_is_a_fault_and_a_number_may_be_a_word()
    {
        Assert.Contains("the line is longer than 4194304 bytes, which no vector is", Assert.Throws<CorpusException>(() => Load("ing 1 2 3\n" + new string('x', 5_000_000))).Message, StringComparison.Ordinal);

        // Two columns whose first is a number are a header only where the second is a whole number too.
        File.WriteAllText(At("narrow.txt"), "1999 0.5\ning 0.25\n");
        using var parameters = new ParameterSet();
        var weights = new FreshWeights(parameters);
        var embedding = new Embedding(_vocabulary.Size, 1, weights.In("embedding"));
        weights.Draw(1);
        Assert.Equal([7], WordVectors.Load(At("narrow.txt"), _vocabulary, parameters, embedding.Table).Ids);
    }

    [Fact]
    public void A_missing_file_and_other_encodings_are_named()
    {
        Assert.StartsWith(
            $"The file of word vectors '{At("none")}' does not exist.",
            Assert.Throws<CorpusException>(() => WordVectors.Load(At("none"), _vocabulary, _parameters, _embedding.Table)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(At("latin"), [.. Encoding.Latin1.GetBytes("ing 1 2 3\nfür 1 2 3\n")]);
        Assert.Contains(
            "is not UTF-8: line 2",
            Assert.Throws<CorpusException>(() => WordVectors.Load(At("latin"), _vocabulary, _parameters, _embedding.Table)).Message, StringComparison.Ordinal);
    }

    private WordVectorCoverage Load(string text, VectorScale scale = VectorScale.AsGiven)
    {
        File.WriteAllText(At("v.txt"), text);
        return WordVectors.Load(At("v.txt"), _vocabulary, _parameters, _embedding.Table, scale);
    }

    private void AssertRow(float[] expected, int id, float tolerance = 1e-7f)
    {
        float[] row = _embedding.Table.Value.ToArray().AsSpan(3 * id, 3).ToArray();
        Assert.All(expected.Zip(row), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    private string At(string name) => Path.Combine(_directory, name);
}
