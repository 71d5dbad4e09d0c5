namespace Betar.Libp2p.PubSub.Routing;

/// <summary>What one peer has done since the last heartbeat.</summary>
internal sealed class BeatCounts
{
    public int Have { get; set; }

    public int Asked { get; set; }

    public int Served { get; set; }

    public int DontWant { get; set; }

    public int Offered { get; set; }

    public void Clear() => (Have, Asked, Served, DontWant, Offered) = (0, 0, 0, 0, 0);
}
