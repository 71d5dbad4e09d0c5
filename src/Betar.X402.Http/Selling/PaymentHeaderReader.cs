using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Selling;

/// <summary>
/// Finds the one payment of a request. Two of them, in one header or in two, are refused whatever they say: a proxy and we might not
/// look at the same one.
/// </summary>
internal static class PaymentHeaderReader
{
    private static readonly (string Name, int Version)[] Headers =
        [(PaymentHeaders.Signature, WireVersions.Current), (PaymentHeaders.V1Payment, WireVersions.First)];

    /// <summary>False without any payment header. Otherwise a payment, or what is wrong with it.</summary>
    internal static bool TryRead(IHeaderDictionary headers, WireLimits limits, out PaymentPayload? payment, out string? fault)
    {
        (payment, fault) = (null, null);
        string? text = null;
        var version = 0;
        foreach (var (name, spoken) in Headers)
        {
            var values = headers[name];
            if (values.Count == 0)
            {
                continue;
            }

            if (values.Count > 1 || text is not null)
            {
                fault = "There is more than one payment header.";
                return true;
            }

            (text, version) = (values[0] ?? "", spoken);
        }

        if (text is null)
        {
            return false;
        }

        var parsed = WireCodec.ParsePaymentHeader(text, limits);
        (payment, fault) = parsed.IsOk && parsed.Value.Version != version
            ? (null, "The header and its content are of two versions.")
            : (parsed.Value, parsed.Fault);
        return true;
    }
}
