namespace Betar.Ethereum;

/// <summary>The kinds of types of the contract ABI, each with the .NET type of its values.</summary>
public enum AbiKind
{
    /// <summary><see cref="Ethereum.Address"/></summary>
    Address,

    /// <summary><see cref="bool"/></summary>
    Bool,

    /// <summary><see cref="UInt256"/>, of any width</summary>
    UnsignedInteger,

    /// <summary><see cref="Int256"/>, of any width</summary>
    SignedInteger,

    /// <summary><see cref="T:byte[]"/> of exactly that length</summary>
    FixedBytes,

    /// <summary><see cref="T:byte[]"/></summary>
    Bytes,

    /// <summary><see cref="string"/></summary>
    Text,

    /// <summary><see cref="T:object[]"/> of any length</summary>
    List,

    /// <summary><see cref="T:object[]"/> of exactly that length</summary>
    FixedList,

    /// <summary><see cref="T:object[]"/> with a value for each component</summary>
    Tuple,
}
