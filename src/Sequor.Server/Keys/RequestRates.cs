using System.Net;
using System.Threading.RateLimiting;
using Sequor.Server.Settings;

namespace Sequor.Server.Keys;

/// <summary>Holds keys and addresses to the rates they have: a bucket each that fills evenly and holds one time's requests.</summary>
internal sealed class RequestRates : IDisposable
{
    private const int PrefixBytes = 8;

    private readonly PartitionedRateLimiter<(string Name, RequestRate? Rate)> _buckets =
        PartitionedRateLimiter.Create<(string Name, RequestRate? Rate), (string, RequestRate?)>(static who => who.Rate is { } rate
            ? RateLimitPartition.GetTokenBucketLimiter(((string, RequestRate?))who, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = rate.Requests,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = rate.Per / rate.Requests,
                QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(((string, RequestRate?))who));

    /// <summary>Takes one request from a key's bucket.</summary>
    /// <returns>How long to wait where it is empty; null where it was not.</returns>
    internal TimeSpan? Take(ApiKey key, RequestRate? otherwise) => Take("key " + key.Id, key.Rate ?? otherwise);

    /// <summary>Takes one request from an address's bucket.</summary>
    /// <returns>How long to wait where it is empty; null where it was not.</returns>
    internal TimeSpan? Take(IPAddress? address, RequestRate? rate) => Take("address " + Group(address), rate);

    /// <inheritdoc/>
    public void Dispose() => _buckets.Dispose();

    /// <summary>What is counted as one address: one of version 4, but a whole network of version 6, of whose addresses every household has more than there are seconds.</summary>
    internal static string Group(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        byte[] bytes = address?.GetAddressBytes() ?? [];
        return bytes.Length > 4 ? Convert.ToHexString(bytes, 0, PrefixBytes) : address?.ToString() ?? "local";
    }

    private TimeSpan? Take(string name, RequestRate? rate)
    {
        using RateLimitLease lease = _buckets.AttemptAcquire((name, rate));
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? wait : rate!.Value.Per / rate.Value.Requests;
    }
}
