namespace Betar.Fuzz.Tests;

internal sealed class StandInTarget(Func<byte[], bool> take) : IFuzzTarget
{
    public string Name => "stand-in";

    public List<byte[]> Seen { get; } = [];

    public bool Take(byte[] input)
    {
        Seen.Add(input);
        return take(input);
    }
}
