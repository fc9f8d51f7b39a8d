using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sequor.Server.Faults;

namespace Sequor.Server.Requests;

/// <summary>Holds the texts of a request to their limits.</summary>
internal static class RequestTexts
{
    /// <summary>Refuses too many texts, too long ones, and arrays of none.</summary>
    /// <param name="field">The field they stand in.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="limits">How many and how long they may be.</param>
    /// <exception cref="RequestFaultException">They are too many or too long.</exception>
    internal static void Check(string field, IReadOnlyList<string> texts, RequestLimits limits)
    {
        if (texts.Count == 0)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, $"'{field}' holds no text.");
        }

        if (limits.Texts is { } count && texts.Count > count)
        {
            throw new RequestFaultException(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"'{field}' holds {texts.Count:N0} texts; this server takes {count:N0} at once. Send them in several requests."));
        }

        if (limits.CharactersPerText is { } most && texts.FirstOrDefault(text => text.Length > most) is { } tooLong)
        {
            throw new RequestFaultException(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"'{field}' holds a text of {tooLong.Length:N0} characters; this server takes {most:N0} for each. Cut it where a paragraph ends."));
        }
    }
}
