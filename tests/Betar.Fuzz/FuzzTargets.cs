using Betar.Fuzz.Targets;

namespace Betar.Fuzz;

/// <summary>Every parser that is fuzzed.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new VarintTarget(),
        new ProtobufTarget(),
        new MultiaddrTarget(),
        new MultiaddrTextTarget(),
        new CidTarget(),
        new PeerIdTextTarget(),
        new PublicKeyTarget(),
        new PrivateKeyTarget(),
        new PeerRecordTarget(),
        new SignedEnvelopeTarget(),
        new DnsTarget(),
        new FrameTarget(),
        new MessageTarget(),
        new TransactionTarget(),
    ];
}
