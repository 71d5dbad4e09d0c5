using System.Diagnostics.Metrics;

namespace Betar.X402;

/// <summary>What this room counts, on the meter "Betar".</summary>
internal static class X402Instruments
{
    private static readonly Meter Meter = new("Betar");

    private static readonly Counter<long> LimitHits = Meter.CreateCounter<long>(
        "betar.x402.limit_hits", description: "Times a limit of the stream server was reached, by limit.");

    private static readonly Counter<long> Frames = Meter.CreateCounter<long>(
        "betar.x402.frames", description: "Frames answered, by the type of the answer.");

    private static readonly Counter<long> Pieces = Meter.CreateCounter<long>(
        "betar.x402.pieces", description: "Pieces of answers sent before the answer, by whether they had text in them.");

    private static readonly Counter<long> HandlerFaults = Meter.CreateCounter<long>(
        "betar.x402.handler_faults", description: "Exceptions that a handler let out.");

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        "betar.x402.active_calls", description: "Calls inside a handler now.");

    internal static void OnLimitHit(string limit) => LimitHits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    internal static void OnAnswered(string messageType) => Frames.Add(1, new KeyValuePair<string, object?>("type", messageType));

    internal static void OnPiece(bool isBeat) => Pieces.Add(1, new KeyValuePair<string, object?>("kind", isBeat ? "beat" : "text"));

    internal static void OnHandlerFault() => HandlerFaults.Add(1);

    internal static void OnCallStarted() => Active.Add(1);

    internal static void OnCallEnded() => Active.Add(-1);
}
