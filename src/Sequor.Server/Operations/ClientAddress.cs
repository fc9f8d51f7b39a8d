using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sequor.Server.Operations;

/// <summary>Finds who asks behind proxies that are trusted, and whether by HTTP or HTTPS.</summary>
internal sealed class ClientAddress
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";

    private readonly IPNetwork[] _proxies;

    /// <summary>Makes the finder.</summary>
    /// <param name="proxies">Addresses and networks of proxies that are believed.</param>
    internal ClientAddress(IReadOnlyList<string> proxies) => _proxies = [.. proxies.Select(Network)];

    /// <summary>Puts the address and the scheme of who asks in place of the last proxy's.</summary>
    /// <param name="context">The request.</param>
    internal void Resolve(HttpContext context)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (IsTrusted(address) && context.Request.Headers[ForwardedProto].ToString() is "http" or "https")
        {
            // Addresses that the server tells, of translated files, must be those that the proxy answers.
            context.Request.Scheme = context.Request.Headers[ForwardedProto].ToString();
        }

        string[] hops = [.. context.Request.Headers[ForwardedFor].SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))];

        // Every proxy adds, at the end, the address it was asked from; what stands before the last one that is not trusted may be anyone's invention.
        for (int i = hops.Length - 1; i >= 0 && IsTrusted(address) && IPEndPoint.TryParse(hops[i], out IPEndPoint? hop); i--)
        {
            address = hop.Address;
        }

        context.Connection.RemoteIpAddress = address;
    }

    // A proxy on this machine that asks over a Unix socket has no address.
    private bool IsTrusted(IPAddress? address)
    {
        address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return _proxies.Length > 0 && (address is null || Array.Exists(_proxies, proxy => proxy.Contains(address)));
    }

    private static IPNetwork Network(string text) => IPNetwork.TryParse(text, out IPNetwork network)
        ? network
        : new IPNetwork(IPAddress.Parse(text), IPAddress.Parse(text).GetAddressBytes().Length * 8);
}
