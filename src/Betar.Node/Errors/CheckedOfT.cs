using System.Diagnostics.CodeAnalysis;

namespace Betar.Node.Errors;

/// <summary>Either a value or the reason why there is none.</summary>
public readonly struct Checked<T>
{
    private readonly T? value;

    internal Checked(T? value, CliRefusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    public CliRefusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    /// <summary>The value; asking a refused one for it is a bug of the caller.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"There is no value: {Refusal.Sentence}");

    /// <summary>The value, or the refusal as an exception, for callers that have no way to hand it on as a value.</summary>
    public T OrThrow() => Refusal is null ? value! : throw new CliRefusedException(Refusal);

    public static implicit operator Checked<T>(T value) => new(value, null);

    public static implicit operator Checked<T>(CliRefusal refusal) => new(default, refusal);
}
