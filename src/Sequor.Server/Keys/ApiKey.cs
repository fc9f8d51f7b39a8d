using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sequor.Server.Settings;

namespace Sequor.Server.Keys;

/// <summary>What a key file knows of a key: enough to recognise it, not enough to make it.</summary>
/// <param name="Name">Who it was given to.</param>
/// <param name="Id">The part of the key that says which it is; no secret.</param>
/// <param name="Salt">What is hashed before the key, as hexadecimal digits.</param>
/// <param name="Hash">SHA-256 of salt and key, as hexadecimal digits.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Rate">Requests that it may make; null for what the server gives every key.</param>
internal sealed record ApiKey(string Name, string Id, string Salt, string Hash, DateTimeOffset Created, RequestRate? Rate)
{
    private const string Prefix = "sq_";
    private const int IdBytes = 6;
    private const int SecretBytes = 32;
    private const int SaltBytes = 16;

    /// <summary>Makes a key of 256 random bits: nothing that could be guessed, so that one round of SHA-256 protects it.</summary>
    /// <param name="name">Who it is for.</param>
    /// <param name="created">When it is made.</param>
    /// <param name="rate">Requests that it may make; null for what the server gives every key.</param>
    /// <returns>What is kept, and the key itself, which is not.</returns>
    internal static (ApiKey Kept, string Key) Make(string name, DateTimeOffset created, RequestRate? rate)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        string key = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (new ApiKey(name, id, Convert.ToHexStringLower(salt), Convert.ToHexStringLower(HashOf(salt, key)), created, rate), key);
    }

    /// <summary>Which key a text would be; null where it is none.</summary>
    /// <param name="text">What a client has sent.</param>
    internal static string? IdOf(string text)
    {
        const int idDigits = 2 * IdBytes;
        return text.Length > Prefix.Length + idDigits && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + idDigits] == '_'
            ? text.Substring(Prefix.Length, idDigits)
            : null;
    }

    /// <summary>Whether a text is this key; takes as long for one that is nearly right as for any other.</summary>
    /// <param name="text">What a client has sent.</param>
    internal bool Matches(string text) =>
        CryptographicOperations.FixedTimeEquals(HashOf(Convert.FromHexString(Salt), text), Convert.FromHexString(Hash));

    private static byte[] HashOf(byte[] salt, string key) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(key)]);
}
