using System.Globalization;
using System.Text.Json;
using Sequor.Checkpoints.Importing;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Tests.Checkpoints.Importing;

public sealed class GruArchiveTests
{
    private static readonly Vocabulary _letters = new(["<pad>", "<unk>", "</s>", "a", "b"]);

    private static readonly Vocabulary _sounds = new(["<s>", "</s>", "AH0", "B"]);

    [Fact]
    public void A_small_archive_becomes_a_model_that_says_what_the_formulas_say()
    {
        using var folder = new TemporaryFolder();
        string home = Path.Combine(folder.Path, "model");
        Dictionary<string, double[]> weights = Weights();
        GruArchive.Read(Write(folder, weights), _letters, _sounds, "small").Save(home);
        using Translator translator = Translator.Load(home);
        foreach (string word in new[] { "ab", "BBA", "a", "abab" })
        {
            Assert.Equal(Spoken(weights, word.ToLowerInvariant()), translator.Translate(word));
        }
    }

    [Fact]
    public void Missing_arrays_other_shapes_and_other_numbers_of_pieces_are_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, double[]> weights = Weights();
        Assert.Contains(
            "The source embeddings of", Refusal(Write(folder, weights), new Vocabulary(["</s>", "a"]), _sounds), StringComparison.Ordinal);
        Assert.Contains("The target pieces have no <s>", Refusal(Write(folder, weights), _letters, new Vocabulary(["x", "</s>", "AH0", "B"])), StringComparison.Ordinal);
        weights["fc_b"] = [1, 2];
        Assert.Contains("The array 'fc_b' of", Refusal(Write(folder, weights), _letters, _sounds), StringComparison.Ordinal);
        weights.Remove("fc_b");
        Assert.Contains("fc_b is missing; it has dec_b_hh,", Refusal(Write(folder, weights), _letters, _sounds), StringComparison.Ordinal);
    }

    /// <summary>The whole model of g2p_en says what its own program said. docs/cli.md says where its file comes from.</summary>
    [Fact]
    public void The_real_model_gives_the_pronunciations_that_its_own_program_gives()
    {
        string? assets = Environment.GetEnvironmentVariable("SEQUOR_ASSETS");
        Assert.SkipUnless(assets is not null, "SEQUOR_ASSETS names no folder with g2p-en-gru/checkpoint20.npz and golden.json; docs/cli.md (import) says where they come from.");
        using var folder = new TemporaryFolder();
        string home = Path.Combine(folder.Path, "model");
        GruArchive.Read(Path.Combine(assets!, "g2p-en-gru", "checkpoint20.npz")).Save(home);
        using Translator translator = Translator.Load(home);
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(assets!, "g2p-en-gru", "golden.json")));
        Assert.All(golden.RootElement.EnumerateObject(), pair => Assert.Equal(pair.Value.GetString(), translator.Translate(pair.Name)));
    }

    /// <summary>Greedy decoding written down from the formulas, in 64 bits.</summary>
    private static string Spoken(Dictionary<string, double[]> weights, string word)
    {
        const int Width = 3;
        var hidden = new double[Width];
        foreach (string letter in word.Select(letter => letter.ToString()).Append("</s>"))
        {
            hidden = Gru(weights, "enc", Row(weights["enc_emb"], _letters.IdOf(letter), 2), hidden);
        }

        var said = new List<string>();
        int last = _sounds.BeginId;
        while (said.Count < 20)
        {
            hidden = Gru(weights, "dec", Row(weights["dec_emb"], last, 2), hidden);
            double[] scores = Affine(weights["fc_w"], hidden, weights["fc_b"]);
            last = Array.IndexOf(scores, scores.Max());
            if (last == _sounds.EndId)
            {
                break;
            }

            said.Add(_sounds[last]);
        }

        return string.Join(' ', said);
    }

    private static double[] Gru(Dictionary<string, double[]> weights, string side, double[] x, double[] h)
    {
        double[] fromX = Affine(weights[$"{side}_w_ih"], x, weights[$"{side}_b_ih"]);
        double[] fromH = Affine(weights[$"{side}_w_hh"], h, weights[$"{side}_b_hh"]);
        int width = h.Length;
        double Sigmoid(int i) => 1 / (1 + Math.Exp(-fromX[i] - fromH[i]));
        return [.. Enumerable.Range(0, width).Select(i =>
        {
            double next = Math.Tanh(fromX[(2 * width) + i] + (Sigmoid(i) * fromH[(2 * width) + i]));
            return ((1 - Sigmoid(width + i)) * next) + (Sigmoid(width + i) * h[i]);
        })];
    }

    private static double[] Affine(double[] matrix, double[] x, double[] bias) =>
        [.. bias.Select((start, row) => start + Row(matrix, row, x.Length).Zip(x, (a, b) => a * b).Sum())];

    private static double[] Row(double[] matrix, int row, int width) => matrix[(row * width)..((row + 1) * width)];

    private static Dictionary<string, double[]> Weights() => new (string Name, int Count)[]
    {
        ("enc_emb", 10), ("enc_w_ih", 18), ("enc_w_hh", 27), ("enc_b_ih", 9), ("enc_b_hh", 9),
        ("dec_emb", 8), ("dec_w_ih", 18), ("dec_w_hh", 27), ("dec_b_ih", 9), ("dec_b_hh", 9), ("fc_w", 12), ("fc_b", 4),
    }.ToDictionary(array => array.Name, array => Enumerable.Range(0, array.Count).Select(
        place => (double)(float)((4 * RandomKeys.Uniform(RandomKeys.Mix((ulong)array.Name.Sum(letter => letter), (ulong)(place + array.Count)))) - 2)).ToArray());

    private static string Write(TemporaryFolder folder, Dictionary<string, double[]> weights) => NumpyArchiveTests.Archive(
        folder, [.. weights.Select(pair => (pair.Key, NumpyArchiveTests.Npy("<f4", ShapeOf(pair.Key, pair.Value.Length), pair.Value)))]);

    private static string ShapeOf(string name, int count)
    {
        int width = name.EndsWith("hh", StringComparison.Ordinal) || name == "fc_w" ? 3 : 2;
        return name.Contains("_b", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"({count},)")
            : string.Create(CultureInfo.InvariantCulture, $"({count / width}, {width})");
    }

    private static string Refusal(string path, Vocabulary source, Vocabulary target) =>
        Assert.Throws<ModelFormatException>(() => GruArchive.Read(path, source, target)).Message;
}
