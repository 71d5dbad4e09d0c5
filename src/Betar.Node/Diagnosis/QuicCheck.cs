using Betar.Libp2p.Transports.Quic;
using Betar.Node.Cli;

namespace Betar.Node.Diagnosis;

/// <summary>Whether peers can be reached over QUIC; without it there are TCP and WebSocket.</summary>
internal sealed class QuicCheck : SyncCheck
{
    protected override IEnumerable<Finding> Look(CommandContext context)
    {
        yield return Judge(QuicSupport.Missing, QuicSupport.Library);
    }

    internal static Finding Judge(string? missing, Version? library) => missing is null
        ? Finding.Ok("quic", $"supported, by libmsquic {library?.ToString(3)}")
        : Finding.Note("quic", $"not supported: {missing}; peers are reached over TCP and WebSocket", QuicSupport.HowToInstall);
}
