using System.Text;
using Betar.X402.Wire;

namespace Betar.Fuzz.Targets;

/// <summary>The messages over HTTP: every kind reads every input, and what was read is written and read again.</summary>
internal sealed class WireTarget : IFuzzTarget
{
    public string Name => "x402-wire";

    public long MemoryBound(int length) => (4 * 1024 * 1024) + (2048L * length);

    public bool Take(byte[] input)
    {
        var demand = WireCodec.ParseDemand(input).Value;
        var payment = WireCodec.ParsePayment(input).Value;
        var settled = WireCodec.ParseSettled(input).Value;
        if ((demand is not null && !WireCodec.ParseDemand(WireCodec.Write(demand)).IsOk)
            || (payment is not null && !WireCodec.ParsePayment(WireCodec.Write(payment)).IsOk)
            || (settled is not null && !WireCodec.ParseSettled(WireCodec.Write(settled)).IsOk))
        {
            throw new InvalidOperationException("What was read cannot be read again once it is written.");
        }

        var other = WireCodec.ParseCall(input).IsOk | WireCodec.ParseVerified(input).IsOk | WireCodec.ParseSupported(input).IsOk | WireCodec.ParseDiscovery(input).IsOk;
        var header = WireCodec.ParsePaymentHeader(Encoding.Latin1.GetString(input)).IsOk;
        return demand is not null || payment is not null || settled is not null || other || header;
    }
}
