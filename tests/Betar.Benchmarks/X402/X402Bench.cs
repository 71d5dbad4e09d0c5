using Betar.Benchmarks.Harness;
using Betar.Benchmarks.X402.Facilitating;
using Betar.Benchmarks.X402.Vouchers;

namespace Betar.Benchmarks.X402;

/// <summary>Payment checks, binding and refusals alone; the facilitator beside the official one; and the whole paid task between three processes.</summary>
internal sealed class X402Bench : IBench
{
    private const string Verification = "verify";
    private const string Tasks = "task";

    public string Name => "x402";

    public string Summary => "payment checks against raw recovery; binding; the facilitator beside the official one; the paid task from quote to delivery";

    public IReadOnlyList<string> Parts { get; } =
    [
        Verification, InvalidPaymentFigures.Part, BindingFigures.Part, FacilitatorFigures.Part, OfficialFigures.Part, AnvilFigures.Part, VoucherFigures.Part, Tasks,
    ];

    public async Task RunAsync(BenchContext context)
    {
        if (context.Wants(Verification))
            await VerificationFigures.AddAsync(context);
        if (context.Wants(InvalidPaymentFigures.Part))
            await InvalidPaymentFigures.AddAsync(context);
        if (context.Wants(BindingFigures.Part))
            await BindingFigures.AddAsync(context);
        if (context.Wants(FacilitatorFigures.Part))
            await FacilitatorFigures.AddAsync(context);
        if (context.Wants(OfficialFigures.Part))
            await OfficialFigures.AddAsync(context);
        if (context.Wants(AnvilFigures.Part))
            await AnvilFigures.AddAsync(context);
        if (context.Wants(VoucherFigures.Part))
            await VoucherFigures.AddAsync(context);
        if (!context.Wants(Tasks))
            return;
        await using PaidTaskWorld world = await PaidTaskWorld.StartAsync(context);
        await PaidTaskFigures.AddAsync(context, world);
    }
}
