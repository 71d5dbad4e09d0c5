namespace Betar.Blocks.Exchange.Wire;

/// <summary>The numbers of the fields.</summary>
internal static class BitswapField
{
    public const int Wantlist = 1;
    public const int Blocks = 2;
    public const int Payload = 3;
    public const int Presences = 4;
    public const int PendingBytes = 5;

    public const int ListEntries = 1;
    public const int ListFull = 2;

    public const int EntryCid = 1;
    public const int EntryPriority = 2;
    public const int EntryCancel = 3;
    public const int EntryType = 4;
    public const int EntrySendDontHave = 5;

    public const int PayloadPrefix = 1;
    public const int PayloadData = 2;

    public const int PresenceCid = 1;
    public const int PresenceType = 2;
}
