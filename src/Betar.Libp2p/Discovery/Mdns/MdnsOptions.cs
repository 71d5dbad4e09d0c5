namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>Bounds of what is heard and said on the links of this machine.</summary>
public sealed class MdnsOptions
{
    /// <summary>How often is asked, once the first questions have gone out, and how often the machine's links are looked at; default 10 s.</summary>
    public TimeSpan QueryInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between our answers on one link; default 1 s.</summary>
    public TimeSpan AnswerInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long others may keep our answer; default 2 min.</summary>
    public TimeSpan AnswerLife { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A packet, sent or taken; default 1,400 bytes, which every link carries.</summary>
    public int PacketBytes { get; set; } = 1400;

    /// <summary>Questions and records of one packet; default 64.</summary>
    public int RecordsPerPacket { get; set; } = 64;

    /// <summary>Peers that one packet may name; default 8.</summary>
    public int PeersPerPacket { get; set; } = 8;

    /// <summary>Packets a second of one sender; default 20.</summary>
    public int PacketsPerSecond { get; set; } = 20;

    /// <summary>How many of them may come at once after a quiet time; default 40.</summary>
    public int PacketBurst { get; set; } = 40;

    /// <summary>Senders that are told apart; above that they are not listened to; default 1,024.</summary>
    public int Senders { get; set; } = 1024;

    /// <summary>Links on which is spoken; default 16.</summary>
    public int Links { get; set; } = 16;
}
