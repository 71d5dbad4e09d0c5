using System.Diagnostics.CodeAnalysis;

namespace Betar.Sdk;

/// <summary>Either a value or a refusal. Refusals are part of buying and selling; exceptions are for bugs and broken worlds.</summary>
public sealed record BetarResult<T>
{
    private BetarResult(T? value, BetarRefusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public BetarRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    /// <summary>The value, for code that has nothing better to do with a refusal than to end.</summary>
    /// <exception cref="BetarRefusedException">It was refused.</exception>
    public T OrThrow() => IsOk ? Value : throw new BetarRefusedException(Refusal);

    public static implicit operator BetarResult<T>(T value) => new(value, null);

    public static implicit operator BetarResult<T>(BetarRefusal refusal) => new(default, refusal);

    internal static BetarResult<T> Of(T value) => new(value, null);
}
