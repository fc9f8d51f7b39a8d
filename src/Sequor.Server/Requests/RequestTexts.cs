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

        if (texts.Count > limits.Texts)
        {
            throw new RequestFaultException(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"'{field}' holds {texts.Count:N0} texts; this server takes {limits.Texts:N0} at once. Send them in several requests."));
        }

        long characters = texts.Sum(text => (long)text.Length);
        if (characters > limits.Characters)
        {
            throw new RequestFaultException(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"'{field}' holds {characters:N0} characters; this server takes {limits.Characters:N0} at once. Send them in several requests."));
        }
    }
}
