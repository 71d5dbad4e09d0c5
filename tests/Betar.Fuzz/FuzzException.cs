namespace Betar.Fuzz;

/// <summary>A parser and its oracle do not agree.</summary>
internal sealed class FuzzException(string message) : Exception(message)
{
    public static void Unless(bool agreed, string what)
    {
        if (!agreed)
            throw new FuzzException(what);
    }
}
