namespace Betar.Blocks.Exchange.Peers;

/// <summary>How a peer has answered us.</summary>
internal sealed class PeerStanding
{
    /// <summary>It does not speak the protocol.</summary>
    public bool IsUnable { get; set; }

    /// <summary>Wants for the block itself that it has not answered.</summary>
    public int Active { get; set; }

    /// <summary>Blocks under way that it was told of.</summary>
    public int Asked { get; set; }

    public long Delivered { get; private set; }

    public long Unrequested { get; set; }

    public int Failures { get; private set; }

    /// <summary>When it last sent a block that was wanted.</summary>
    public DateTimeOffset LastDelivery { get; private set; } = DateTimeOffset.MinValue;

    public DateTimeOffset BackoffUntil { get; private set; } = DateTimeOffset.MinValue;

    public void Deliver(DateTimeOffset now)
    {
        Delivered++;
        LastDelivery = now;
        Failures = 0;
        BackoffUntil = DateTimeOffset.MinValue;
    }

    /// <summary>Many wants that go unanswered together are one failure.</summary>
    public void Fail(DateTimeOffset now, BitswapOptions options)
    {
        if (now < BackoffUntil)
            return;
        var span = options.MinBackoff * Math.Pow(2, Math.Min(Failures, 30));
        BackoffUntil = now + (span < options.MaxBackoff ? span : options.MaxBackoff);
        Failures++;
    }
}
