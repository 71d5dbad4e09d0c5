using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum.Keys;

/// <summary>A signed thing, or why there is none. The default value is an unreachable signer, never a success.</summary>
public readonly record struct SignerOutcome<T>(SignerStatus Status, T? Value, string Detail)
    where T : class
{
    public bool TryGetValue([NotNullWhen(true)] out T? value)
    {
        value = Value;
        return Status == SignerStatus.Done && value is not null;
    }

    internal static SignerOutcome<T> Of(T value) => new(SignerStatus.Done, value, "");

    internal static SignerOutcome<T> No(SignerStatus status, string detail) => new(status, null, detail);

    /// <summary>Signatures are usable by whoever reads them, so they are never printed.</summary>
    public override string ToString() => $"{Status} {Detail}";
}
