namespace Sequor.Configuration;

/// <summary>In what size word vectors take their place among rows that were drawn.</summary>
public enum VectorScaleChoice
{
    /// <summary>As they stand in the file.</summary>
    None,

    /// <summary>Each of length 1.</summary>
    Unit,

    /// <summary>By one factor to the root mean square of the rows that were drawn.</summary>
    Drawn,
}

/// <summary>Pretrained word vectors of one side: <c>vocabulary.source_vectors:</c> and <c>vocabulary.target_vectors:</c> in the file.</summary>
public sealed record WordVectorConfiguration
{
    internal static Schema<WordVectorConfiguration> Schema { get; } = new Schema<WordVectorConfiguration>(_ => new())
        .Text("path", c => c.Path, (c, v) => c with { Path = v }, "file")
        .Boolean("freeze", c => c.Freeze, (c, v) => c with { Freeze = v })
        .Choice("normalize",
            new(("none", VectorScaleChoice.None), ("unit", VectorScaleChoice.Unit), ("drawn", VectorScaleChoice.Drawn)),
            c => c.Normalize, (c, v) => c with { Normalize = v })
        .Require(["path"], c => c.Path.Length > 0 ? null : "word vectors need the path of their file, word2vec or GloVe text, plain or gzip");

    /// <summary>The file: word2vec or GloVe text, plain or gzip.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether the embedding does not learn, the rows without a vector included. Default: false.</summary>
    public bool Freeze { get; init; }

    /// <summary>In what size the vectors are taken. Default: <see cref="VectorScaleChoice.None"/>.</summary>
    public VectorScaleChoice Normalize { get; init; } = VectorScaleChoice.None;

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
