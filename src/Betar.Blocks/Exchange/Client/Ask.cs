namespace Betar.Blocks.Exchange.Client;

internal sealed class Ask
{
    public AskState State { get; set; }

    /// <summary>When the peer was asked last.</summary>
    public DateTimeOffset At { get; set; }
}
