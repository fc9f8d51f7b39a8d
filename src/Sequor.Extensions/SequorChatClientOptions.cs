namespace Sequor.Extensions;

/// <summary>How a <see cref="SequorChatClient"/> uses a model.</summary>
public sealed record SequorChatClientOptions
{
    /// <summary>The model's name; null for the registry's default model. Default null.</summary>
    public string? Model { get; init; }

    /// <summary>Whether messages are cut into sentences; null for what <see cref="TranslationOptions.SplitSentences"/> does then: cut them where the model states the language that
    /// it reads. Default null.</summary>
    public bool? SplitSentences { get; init; }

    /// <summary>Whether instructions and system messages, which such a model cannot follow, are passed over; else they are refused. Default false.</summary>
    public bool IgnoreInstructions { get; init; }
}
