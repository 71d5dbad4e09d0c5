using Xunit.Abstractions;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>How a connection comes about: who dials, over what, secured by what, and on which side the muxer may be chosen early.</summary>
public sealed class Way : IXunitSerializable
{
    private static readonly string[] SecuritiesTested = ["noise", "tls"];
    private static readonly string[] TransportsTested = ["tcp", "ws", "tls/ws"];

    public Way()
    {
    }

    private Way(bool weDial, string security, string transport, bool ourEarly, bool theirEarly) =>
        (WeDial, Security, Transport, OurEarly, TheirEarly) = (weDial, security, transport, ourEarly, theirEarly);

    public static IReadOnlyList<Way> Every { get; } =
    [
        .. from weDial in new[] { true, false }
           from security in SecuritiesTested
           from transport in TransportsTested
           from ourEarly in new[] { true, false }
           from theirEarly in new[] { true, false }
           select new Way(weDial, security, transport, ourEarly, theirEarly)
    ];

    public static TheoryData<Way> All => [.. Every];

    /// <summary>The first of the list in that direction.</summary>
    public static Way Plain(bool weDial) => Every.First(way => way.WeDial == weDial);

    public bool WeDial { get; private set; } = true;

    public string Security { get; private set; } = "noise";

    public string Transport { get; private set; } = "tcp";

    public bool OurEarly { get; private set; } = true;

    public bool TheirEarly { get; private set; } = true;

    public string SecurityProtocol => Security == "tls" ? "/tls/1.0.0" : "/noise";

    public string Listen => Transport == "tcp" ? "/ip4/127.0.0.1/tcp/0" : $"/ip4/127.0.0.1/tcp/0/{Transport}";

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(WeDial), WeDial);
        info.AddValue(nameof(Security), Security);
        info.AddValue(nameof(Transport), Transport);
        info.AddValue(nameof(OurEarly), OurEarly);
        info.AddValue(nameof(TheirEarly), TheirEarly);
    }

    public void Deserialize(IXunitSerializationInfo info)
    {
        WeDial = info.GetValue<bool>(nameof(WeDial));
        Security = info.GetValue<string>(nameof(Security));
        Transport = info.GetValue<string>(nameof(Transport));
        OurEarly = info.GetValue<bool>(nameof(OurEarly));
        TheirEarly = info.GetValue<bool>(nameof(TheirEarly));
    }

    public override string ToString() =>
        $"{(WeDial ? "we dial" : "js dials")}, {Security} over {Transport}, early muxer ours {(OurEarly ? "yes" : "no")} theirs {(TheirEarly ? "yes" : "no")}";
}
