using System.Globalization;

namespace Betar.Ethereum;

/// <summary>One of several nodes.</summary>
/// <param name="Name">For reports; no part of an address that may hold a key.</param>
public sealed record QuorumEndpoint(string Name, IChainClient Client)
{
    /// <summary>Clients for a network's nodes, named by their hosts.</summary>
    public static IReadOnlyList<QuorumEndpoint> Over(HttpClient http, IReadOnlyList<Uri> urls, JsonRpcOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return
        [
            .. urls.Select((url, at) => new QuorumEndpoint(
                string.Create(CultureInfo.InvariantCulture, $"{at + 1}:{url.Authority}"), new JsonRpcChainClient(http, url, options, time))),
        ];
    }
}
