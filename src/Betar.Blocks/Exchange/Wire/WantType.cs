namespace Betar.Blocks.Exchange.Wire;

internal enum WantType
{
    /// <summary>The block itself.</summary>
    Block = 0,

    /// <summary>Whether it is there.</summary>
    Have = 1,
}
