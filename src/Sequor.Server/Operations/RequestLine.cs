using System.Collections;
using System.Globalization;

namespace Sequor.Server.Operations;

/// <summary>What the log says of a request: a sentence for people, fields for programs.</summary>
internal sealed record RequestLine : IReadOnlyList<KeyValuePair<string, object?>>
{
    internal required string Method { get; init; }

    internal required string Route { get; init; }

    internal required int Status { get; init; }

    internal required double Milliseconds { get; init; }

    internal required string Id { get; init; }

    internal required RequestFacts Facts { get; init; }

    internal string? Trace { get; init; }

    public int Count => 9;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("method", Method),
        1 => new("route", Route),
        2 => new("status", Status),
        3 => new("milliseconds", Milliseconds),
        4 => new("id", Id),
        5 => new("characters", Facts.Characters),
        6 => new("key", Facts.Key),
        7 => new("trace", Trace),
        8 => new("texts", Facts.Texts),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Method} {Route} {Status} {Milliseconds} ms, {Facts.Characters} characters, key {Facts.Key ?? "none"}, id {Id}{(Facts.Texts is { } texts ? ": " + string.Join(" | ", texts) : "")}");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
