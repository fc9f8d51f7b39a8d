namespace Sequor.Scoring;

/// <summary>Settings of all metrics of a <see cref="MetricSet"/>.</summary>
public sealed record MetricOptions
{
    /// <summary>Settings of <c>bleu</c> and <c>bleu1</c> to <c>bleu4</c>, which replace the order by their own.</summary>
    public BleuOptions Bleu { get; init; } = new();

    /// <summary>Settings of <c>chrf</c> and <c>chrf++</c>, which sets the word order to 2.</summary>
    public ChrFOptions ChrF { get; init; } = new();

    /// <summary>Settings of <c>ter</c>.</summary>
    public TerOptions Ter { get; init; } = new();

    /// <summary>Settings of <c>meteor</c>; null takes the defaults with synonyms where WordNet is installed. Default null.</summary>
    public MeteorOptions? Meteor { get; init; }

    /// <summary>Settings of <c>rouge1</c>, <c>rouge2</c>, <c>rougeL</c> and <c>rougeLsum</c>.</summary>
    public RougeOptions Rouge { get; init; } = new();

    /// <summary>Whether <c>wer</c>, <c>cer</c> and <c>accuracy</c> ignore case. Default false.</summary>
    public bool LowercaseExact { get; init; }

    /// <summary>The settings behind <c>--tokenize</c> and <c>--lowercase</c>.</summary>
    /// <param name="tokenizer">BLEU's tokenizer.</param>
    /// <param name="lowercase">Whether all metrics ignore case; TER, METEOR and ROUGE do in any case.</param>
    /// <returns>The defaults but for these two.</returns>
    public static MetricOptions For(BleuTokenizer tokenizer = BleuTokenizer.Mteval13A, bool lowercase = false) => new()
    {
        Bleu = new BleuOptions { Tokenizer = tokenizer, Lowercase = lowercase },
        ChrF = new ChrFOptions { Lowercase = lowercase },
        LowercaseExact = lowercase,
    };
}
