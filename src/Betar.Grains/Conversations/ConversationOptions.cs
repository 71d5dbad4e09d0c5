namespace Betar.Grains.Conversations;

/// <summary>How much agents remember, whatever their declarations say.</summary>
public sealed class ConversationOptions
{
    /// <summary>Most exchanges of one caller with one agent. Range 1 to 1,000; default 100.</summary>
    public int MaxTurns { get; set; } = 100;

    /// <summary>Most bytes of them, as UTF-8; an exchange that is larger by itself is not remembered. Range 1 to 1,048,576; default 65,536.</summary>
    public int MaxBytes { get; set; } = 65_536;
}
