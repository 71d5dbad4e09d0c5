using System.Numerics;

namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>Every plain value that a contract of ours uses.</summary>
[GenerateSerializer]
public sealed record Basics
{
    [Id(0)]
    public bool Bool { get; set; }

    [Id(1)]
    public byte Byte { get; set; }

    [Id(2)]
    public sbyte SByte { get; set; }

    [Id(3)]
    public short Short { get; set; }

    [Id(4)]
    public ushort UShort { get; set; }

    [Id(5)]
    public int Int { get; set; }

    [Id(6)]
    public uint UInt { get; set; }

    [Id(7)]
    public long Long { get; set; }

    [Id(8)]
    public ulong ULong { get; set; }

    [Id(9)]
    public float Float { get; set; }

    [Id(10)]
    public double Double { get; set; }

    [Id(11)]
    public decimal Decimal { get; set; }

    [Id(12)]
    public char Char { get; set; }

    [Id(13)]
    public string? String { get; set; }

    [Id(14)]
    public Guid Guid { get; set; }

    [Id(15)]
    public DateTime DateTime { get; set; }

    [Id(16)]
    public DateTimeOffset DateTimeOffset { get; set; }

    [Id(17)]
    public TimeSpan TimeSpan { get; set; }

    [Id(18)]
    public DateOnly DateOnly { get; set; }

    [Id(19)]
    public TimeOnly TimeOnly { get; set; }

    [Id(20)]
    public Uri? Uri { get; set; }

    [Id(21)]
    public Version? Version { get; set; }

    [Id(22)]
    public Int128 Int128 { get; set; }

    [Id(23)]
    public UInt128 UInt128 { get; set; }

    [Id(24)]
    public int? SomeInt { get; set; }

    [Id(25)]
    public int? NoInt { get; set; }

    [Id(26)]
    public Colour Colour { get; set; }

    [Id(27)]
    public Colour? SomeColour { get; set; }

    [Id(28)]
    public (int, string) Pair { get; set; }

    [Id(29)]
    public Tuple<int, string>? Tuple { get; set; }

    [Id(30)]
    public BigInteger Big { get; set; }

    [Id(31)]
    public Money? SomeMoney { get; set; }
}
