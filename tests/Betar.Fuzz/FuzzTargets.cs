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
        new MdnsTarget(),
        new PeerExchangeTarget(),
        new MultistreamTarget(),
        new MultistreamDialerTarget(),
        new NoisePayloadTarget(),
        new NoiseHandshakeTarget(),
        new NoiseMessagesTarget(),
        new TlsCertificateTarget(),
        new TlsExtensionTarget(),
        new YamuxHeaderTarget(),
        new YamuxSessionTarget(),
        new IdentifyTarget(),
        new IdentifyPushTarget(),
        new PerfTarget(),
        new WebSocketRequestTarget(),
        new WebSocketAnswerTarget(),
        new WebSocketFramesTarget(),
        new FrameTarget(),
        new MessageTarget(),
        new WireTarget(),
        new SchemeTarget(),
        new ExtensionTarget(),
        new TransactionTarget(),
        new RlpTarget(),
        new AbiTarget(),
        new AbiTypeTarget(),
        new KeystoreTarget(),
        new LegacyTransactionTarget(),
        new NetworksFileTarget(),
        new SignerAnswerTarget(),
        new AgentsFileTarget(),
        new ListingTarget(),
        new InfoAnswerTarget(),
        new ListingRecordTarget(),
        new RecordMessageTarget(),
    ];
}
