using System.Buffers.Binary;
using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols.Perf;

namespace Betar.Fuzz.Targets;

/// <summary>Requests of the perf protocol: as many bytes come back as were asked for, when that may be asked for.</summary>
internal sealed class PerfTarget : IFuzzTarget, IDisposable
{
    private const long Most = 256 * 1024;
    private readonly IdentityKey _stranger = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)7, 32).ToArray());

    public string Name => "perf";

    public bool Take(byte[] input)
    {
        var stream = new FuzzStream(input);
        var refusal = Attempt.Of(() => PerfProtocol.AnswerAsync(stream.For(_stranger.PeerId, PerfProtocol.Id), new PerfOptions { MaxDownloadBytes = Most }, default));
        Libp2pError? expected = input.Length < 8 ? Libp2pError.Malformed
            : BinaryPrimitives.ReadUInt64BigEndian(input) > Most ? Libp2pError.LimitExceeded
            : null;
        FuzzException.Unless(refusal == expected, $"{refusal}, the oracle: {expected}");
        var wanted = expected is null ? BinaryPrimitives.ReadInt64BigEndian(input) : 0;
        FuzzException.Unless(stream.Written == wanted && (stream.Closed || expected is not null), $"{stream.Written} bytes for {wanted}");
        return expected is null;
    }

    public void Dispose() => _stranger.Dispose();
}
