using System.Text.Json;
using Betar.X402.Protocol;

namespace Betar.X402.Wire;

/// <summary>
/// One way to pay (<c>PaymentRequirements</c>), as text of the wire. Version 1's spelling is turned into version 2's when it is read.
/// </summary>
public sealed record Requirement
{
    public const string Exact = PaymentRequirements.ExactScheme;

    public required string Scheme { get; init; }

    /// <summary>CAIP-2; a name of version 1 that is not known stays as it came.</summary>
    public required string Network { get; init; }

    /// <summary>Decimal, in the token's smallest units.</summary>
    public required string Amount { get; init; }

    public required string Asset { get; init; }

    public required string PayTo { get; init; }

    public required long MaxTimeoutSeconds { get; init; }

    /// <summary>What the scheme needs beyond; an object.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>A text member of <see cref="Extra"/>, or null.</summary>
    public string? ExtraText(string name) =>
        Extra is { } extra && extra.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>
    /// Whether a buyer's copy is this offer: the same six fields, and everything of this offer's extra; the copy may have more there.
    /// </summary>
    public bool IsEchoedBy(Requirement copy) =>
        copy.Scheme == Scheme
        && copy.Network == Network
        && copy.Amount == Amount
        && string.Equals(copy.Asset, Asset, StringComparison.OrdinalIgnoreCase)
        && string.Equals(copy.PayTo, PayTo, StringComparison.OrdinalIgnoreCase)
        && copy.MaxTimeoutSeconds == MaxTimeoutSeconds
        && JsonSubset.Holds(Extra, copy.Extra);

    /// <summary>The same demand in the shape that the stream dialect has.</summary>
    public PaymentRequirements ToPaymentRequirements() => new()
    {
        Scheme = Scheme,
        Network = Network,
        Amount = Amount,
        Asset = Asset,
        PayTo = PayTo,
        MaxTimeoutSeconds = MaxTimeoutSeconds,
        Extra = ExtraText("name") is { } name && ExtraText("version") is { } version 
            ? new PaymentExtra(name, version) { Refund = ExtraText("refund") ?? "" }
            : null,
    };
}
