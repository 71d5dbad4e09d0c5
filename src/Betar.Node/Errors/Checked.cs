namespace Betar.Node.Errors;

/// <summary>Makes checked values.</summary>
public static class Checked
{
    /// <summary>For values whose type is an interface, which no conversion can take.</summary>
    public static Checked<T> Of<T>(T value) => new(value, null);
}
