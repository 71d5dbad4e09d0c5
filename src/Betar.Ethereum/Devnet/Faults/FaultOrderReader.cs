using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>Reads the object of devnet_setFault. Unknown members are refused: a typo must not look like a fault that works.</summary>
internal static class FaultOrderReader
{
    const int MaxMilliseconds = 3_600_000;
    const int MaxReasonLength = 200;

    internal static bool TryRead(ReadOnlyMemory<byte> parameters, out FaultOrder? order, out string? fault)
    {
        order = null;
        if (!new ParameterReader(parameters).TryObject(out var reader))
        {
            fault = "one object with a kind: none, delay, revert, dropAnswer, outage or reorg";
            return false;
        }

        var read = new FaultOrder(FaultKind.None);
        var kind = "";
        fault = null;
        while (fault is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            fault = ReadMember(ref reader, ref read, ref kind);
        if (fault is not null)
            return false;

        (FaultKind Kind, string? Missing)? found = kind switch
        {
            "none" => (FaultKind.None, null),
            "delay" => (FaultKind.Delay, read.Milliseconds is null ? "a delay needs milliseconds" : null),
            "revert" => (FaultKind.Revert, null),
            "dropAnswer" => (FaultKind.DropAnswer, null),
            "outage" => (FaultKind.Outage, null),
            "reorg" => (FaultKind.Reorg, read.Blocks == 0 ? "a reorg needs blocks, 1 or more" : null),
            _ => null,
        };
        fault = found is null ? "kind is none, delay, revert, dropAnswer, outage or reorg" : found.Value.Missing;
        order = fault is null ? read with { Kind = found!.Value.Kind } : null;
        return fault is null;
    }

    static string? ReadMember(ref Utf8JsonReader reader, ref FaultOrder order, ref string kind)
    {
        if (reader.IsText("kind"u8))
        {
            reader.Read();
            return ParameterReader.TryGetText(ref reader, out kind) ? null : "kind is a name";
        }

        if (reader.IsText("milliseconds"u8))
        {
            reader.Read();
            if (!TryGetCount(ref reader, MaxMilliseconds, out var milliseconds))
                return $"milliseconds is 1 to {MaxMilliseconds}";
            order = order with { Milliseconds = milliseconds };
            return null;
        }

        if (reader.IsText("count"u8))
        {
            reader.Read();
            if (!TryGetCount(ref reader, int.MaxValue, out var count))
                return "count is 1 or more";
            order = order with { Count = count };
            return null;
        }

        if (reader.IsText("blocks"u8))
        {
            reader.Read();
            if (!TryGetCount(ref reader, int.MaxValue, out var blocks))
                return "blocks is 1 or more";
            order = order with { Blocks = blocks };
            return null;
        }

        if (reader.IsText("reason"u8))
        {
            reader.Read();
            if (!ParameterReader.TryGetText(ref reader, out var reason) || reason.Length > MaxReasonLength)
                return $"reason is plain text of at most {MaxReasonLength} characters";
            order = order with { Reason = reason };
            return null;
        }

        if (reader.IsText("transactions"u8))
        {
            reader.Read();
            if (!ParameterReader.TryGetText(ref reader, out var fate) || fate is not ("pool" or "vanish"))
                return "transactions is pool or vanish";
            order = order with { Vanish = fate == "vanish" };
            return null;
        }

        return "members are kind, milliseconds, count, reason, blocks and transactions";
    }

    static bool TryGetCount(ref Utf8JsonReader reader, int max, out int count) =>
        ParameterReader.TryGetInt(ref reader, out count) && count >= 1 && count <= max;
}
