namespace Orleans.Concurrency;

/// <summary>Wraps a value that never changes, so that it need not be copied between grains.</summary>
public readonly struct Immutable<T>(T value) : IEquatable<Immutable<T>>
{
#pragma warning disable CA1051 // A field, as Orleans has it.
    public readonly T Value = value;
#pragma warning restore CA1051

    public static bool operator ==(Immutable<T> left, Immutable<T> right) => left.Equals(right);

    public static bool operator !=(Immutable<T> left, Immutable<T> right) => !left.Equals(right);

    public bool Equals(Immutable<T> other) => EqualityComparer<T>.Default.Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is Immutable<T> other && Equals(other);

    public override int GetHashCode() => Value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(Value);
}
