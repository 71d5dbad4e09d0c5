namespace Betar.Libp2p.PubSub;

/// <summary>Bounds of one topic.</summary>
public sealed class TopicOptions
{
    /// <summary>Bytes of one message's data, 1 to 1 MiB; larger ones are rejected.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>Messages of the topic that are looked at at once, 1 to 8,192; more are ignored.</summary>
    public int MaxValidations { get; set; } = 1024;
}
