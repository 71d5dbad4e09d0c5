namespace Betar.Grains.Conversations;

/// <summary>How much agents remember, whatever their declarations say.</summary>
public sealed class ConversationOptions
{
    /// <summary>Most exchanges of one caller with one agent, word for word; an agent with summaries keeps up to three times as many until they are condensed. Range 1 to 1,000; default 100.</summary>
    public int MaxTurns { get; set; } = 100;

    /// <summary>Most bytes of what an agent is shown of one caller, as UTF-8; an exchange that is larger by itself is not remembered. Range 1 to 1,048,576; default 65,536.</summary>
    public int MaxBytes { get; set; } = 65_536;

    /// <summary>Summaries that one agent makes at once, each of another caller; the rest wait for their caller's next exchange. Range 0 (none are made) to 1,000; default 4.</summary>
    public int MaxSummariesAtOnce { get; set; } = 4;
}
