using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Selling;

/// <summary>
/// What a settlement moved from its payer to its seller, as it is kept beside the settlement. Money that waits in somebody's contract is not of
/// this kind: it goes back by that contract's own step, and a refund beside it would give it back twice.
/// </summary>
public sealed record OwedMoney(Address Token, Address Payer, AtomicAmount Amount)
{
    private const string Member = "owed";

    /// <summary>Null when nothing has reached the seller's own account.</summary>
    public static OwedMoney? Of(SettlementRequest? settlement, string payTo) =>
        settlement?.Transfer is { } moved && Address.TryParse(payTo, out var seller) && moved.To == seller ? new OwedMoney(moved.Token, moved.From, moved.Value) : null;

    /// <summary>Null when none stands there.</summary>
    public static OwedMoney? Read(SettleResponse settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        return settlement.Extra is { ValueKind: JsonValueKind.Object } extra && extra.TryGetProperty(Member, out var owed) && owed.ValueKind == JsonValueKind.Object
            && Address.TryParse(Text(owed, "asset"), out var token) && Address.TryParse(Text(owed, "payer"), out var payer)
            && AtomicAmount.TryParse(Text(owed, "amount"), out var amount)
                ? new OwedMoney(token, payer, amount)
                : null;
    }

    /// <summary>The settlement as it is kept.</summary>
    public SettleResponse Beside(SettleResponse settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        return settlement with
        {
            Amount = Amount.ToString(),
            Extra = JsonSerializer.SerializeToElement(new Dictionary<string, object>
            {
                [Member] = new Dictionary<string, string> { ["asset"] = Token.ToString(), ["payer"] = Payer.ToString(), ["amount"] = Amount.ToString() },
            }),
        };
    }

    private static string? Text(JsonElement owed, string name) =>
        owed.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
