namespace Betar.Fuzz.Support;

internal sealed class SlowYamuxStream(uint id)
{
    public uint Id => id;

    public List<byte> Data { get; } = [];

    public long Credit { get; set; }

    public long SendCredit { get; set; }

    public bool Ended { get; set; }

    /// <summary>Reset, by whichever side: what was not read by then is lost.</summary>
    public bool Broken { get; set; }
}
