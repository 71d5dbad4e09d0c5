using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.X402.Http.Buying;

/// <summary>Finds what a 402 answer asks for: the header of version 2, else the body of version 1.</summary>
internal static class DemandReader
{
    /// <summary>Null when it asks for nothing that can be read. The body, where it was read, is put back.</summary>
    internal static async Task<PaymentDemand?> ReadAsync(HttpResponseMessage response, WireLimits limits, CancellationToken cancellationToken)
    {
        if (response.Headers.TryGetValues(PaymentHeaders.Required, out var values))
        {
            return values.ToArray() is [var header] ? WireCodec.ParseDemandHeader(header, limits).Value : null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (await BoundedContent.ReadAsync(stream, limits.MaxBodyLength, cancellationToken) is not { } body)
        {
            return null;
        }

        var content = new ByteArrayContent(body);
        foreach (var (name, value) in response.Content.Headers)
        {
            content.Headers.TryAddWithoutValidation(name, value);
        }

        response.Content = content;
        return WireCodec.ParseDemand(body, limits).Value is { Version: WireVersions.First } demand ? demand : null;
    }
}
