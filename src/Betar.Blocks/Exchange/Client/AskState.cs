namespace Betar.Blocks.Exchange.Client;

/// <summary>What has come of asking one peer for one block.</summary>
internal enum AskState
{
    /// <summary>It was asked whether it has the block.</summary>
    Asked,

    /// <summary>It says that it has it.</summary>
    Has,

    /// <summary>It was asked for the block.</summary>
    Wanted,

    /// <summary>It says that it has it not.</summary>
    HasNot,

    /// <summary>It was asked for the block and sent none.</summary>
    Silent,
}
