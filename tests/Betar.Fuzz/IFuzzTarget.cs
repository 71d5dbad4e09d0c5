namespace Betar.Fuzz;

/// <summary>A parser of bytes that strangers send.</summary>
internal interface IFuzzTarget
{
    /// <summary>Also the name of its folder in <c>corpus</c>.</summary>
    string Name { get; }

    /// <summary>The most that one input of this length may allocate.</summary>
    long MemoryBound(int length) => (64 * 1024) + (64L * length);

    /// <summary>
    /// True when the parser took the input, which is then varied further. Throws when the parser does, or when what it made of the input is
    /// not what a slow and obvious reader makes of it.
    /// </summary>
    bool Take(byte[] input);
}
