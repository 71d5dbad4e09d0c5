using System.Text.Json;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Trading;

/// <summary>Reads what may be absent from a control request.</summary>
internal static class TradingArguments
{
    public static string? TextOrNull(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static int? NumberOrNull(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement value) && value.TryGetInt32(out int number) ? number : null;

    /// <summary>An amount of USDC; null when none is given.</summary>
    public static Checked<AtomicAmount?> Usdc(JsonElement arguments, string name) => TextOrNull(arguments, name) is not { } text
        ? new Checked<AtomicAmount?>(null, null)
        : AtomicAmount.TryParseUsdc(text, out AtomicAmount amount)
            ? new Checked<AtomicAmount?>(amount, null)
            : ErrorCatalog.BadPrice.Refuse($"{name}: {VisibleText.Of(text)} is no amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point");
}
