namespace Betar.Agents.Builtin.Arithmetic;

/// <summary>A value, or why there is none.</summary>
internal readonly record struct Evaluation(Rational Value, string? Failure)
{
    public static implicit operator Evaluation(Rational value) => new(value, null);

    public static Evaluation Fail(string reason) => new(default, reason);
}
