// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IAuthorizedToken} from "../IAuthorizedToken.sol";

/// A stand-in for the escrow of x402's "auth-capture", version 1.0, written from its published interface: an operator collects a payment,
/// captures it for the receiver, voids it for the payer, or gives captured money back.
contract EscrowDouble {
    using SafeERC20 for IERC20;

    struct PaymentInfo {
        address operator;
        address payer;
        address receiver;
        address token;
        uint120 maxAmount;
        uint48 preApprovalExpiry;
        uint48 authorizationExpiry;
        uint48 refundExpiry;
        uint16 minFeeBps;
        uint16 maxFeeBps;
        address feeReceiver;
        uint256 salt;
    }

    struct PaymentState {
        bool hasCollectedPayment;
        uint120 capturableAmount;
        uint120 refundableAmount;
    }

    bytes32 private constant INFO = keccak256(
        "PaymentInfo(address operator,address payer,address receiver,address token,uint120 maxAmount,uint48 preApprovalExpiry,uint48 authorizationExpiry,uint48 refundExpiry,uint16 minFeeBps,uint16 maxFeeBps,address feeReceiver,uint256 salt)"
    );

    mapping(bytes32 paymentInfoHash => PaymentState) public paymentState;

    event PaymentAuthorized(bytes32 indexed paymentInfoHash, PaymentInfo paymentInfo, uint256 amount, address tokenCollector);
    event PaymentCaptured(bytes32 indexed paymentInfoHash, uint256 amount, uint16 feeBps, address feeReceiver);
    event PaymentVoided(bytes32 indexed paymentInfoHash, uint256 amount);
    event PaymentReclaimed(bytes32 indexed paymentInfoHash, uint256 amount);
    event PaymentRefunded(bytes32 indexed paymentInfoHash, uint256 amount, address tokenCollector);

    error InvalidSender(address sender, address expected);
    error OutOfTime();
    error OutOfBounds();

    modifier onlyFrom(address expected) {
        if (msg.sender != expected) revert InvalidSender(msg.sender, expected);
        _;
    }

    function authorize(PaymentInfo calldata info, uint256 amount, address collector, bytes calldata data) external onlyFrom(info.operator) {
        bytes32 id = getHash(info);
        if (block.timestamp >= info.preApprovalExpiry || info.preApprovalExpiry > info.authorizationExpiry || info.authorizationExpiry > info.refundExpiry) {
            revert OutOfTime();
        }
        if (amount == 0 || amount > info.maxAmount || paymentState[id].hasCollectedPayment) revert OutOfBounds();
        paymentState[id] = PaymentState(true, uint120(amount), 0);
        emit PaymentAuthorized(id, info, amount, collector);
        PaymentInfo memory open = info;
        open.payer = address(0);
        EscrowCollectorDouble(collector).collect(info.payer, info.token, amount, info.preApprovalExpiry, _hash(open), data);
    }

    function capture(PaymentInfo calldata info, uint256 amount, uint16 feeBps, address feeReceiver) external onlyFrom(info.operator) {
        bytes32 id = getHash(info);
        if (block.timestamp >= info.authorizationExpiry) revert OutOfTime();
        PaymentState storage state = paymentState[id];
        if (amount == 0 || amount > state.capturableAmount || feeBps < info.minFeeBps || feeBps > info.maxFeeBps) revert OutOfBounds();
        if (info.feeReceiver != address(0) && feeReceiver != info.feeReceiver) revert OutOfBounds();
        state.capturableAmount -= uint120(amount);
        state.refundableAmount += uint120(amount);
        emit PaymentCaptured(id, amount, feeBps, feeReceiver);
        uint256 fee = amount * feeBps / 10_000;
        if (fee > 0) IERC20(info.token).safeTransfer(feeReceiver, fee);
        if (amount > fee) IERC20(info.token).safeTransfer(info.receiver, amount - fee);
    }

    function void(PaymentInfo calldata info) external onlyFrom(info.operator) {
        emit PaymentVoided(getHash(info), _release(info));
    }

    function reclaim(PaymentInfo calldata info) external onlyFrom(info.payer) {
        if (block.timestamp < info.authorizationExpiry) revert OutOfTime();
        emit PaymentReclaimed(getHash(info), _release(info));
    }

    function refund(PaymentInfo calldata info, uint256 amount, address collector, bytes calldata) external onlyFrom(info.operator) {
        bytes32 id = getHash(info);
        if (block.timestamp >= info.refundExpiry) revert OutOfTime();
        if (amount == 0 || amount > paymentState[id].refundableAmount) revert OutOfBounds();
        paymentState[id].refundableAmount -= uint120(amount);
        emit PaymentRefunded(id, amount, collector);
        RefundCollectorDouble(collector).collect(info.operator, info.token, amount);
        IERC20(info.token).safeTransfer(info.payer, amount);
    }

    function getHash(PaymentInfo calldata info) public view returns (bytes32) {
        return _hash(info);
    }

    function _release(PaymentInfo calldata info) private returns (uint256 amount) {
        PaymentState storage state = paymentState[getHash(info)];
        amount = state.capturableAmount;
        if (amount == 0) revert OutOfBounds();
        state.capturableAmount = 0;
        IERC20(info.token).safeTransfer(info.payer, amount);
    }

    function _hash(PaymentInfo memory info) private view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), keccak256(abi.encode(INFO, info))));
    }
}

/// Takes the payer's authorisation, whose nonce is the payment without its payer.
contract EscrowCollectorDouble {
    using SafeERC20 for IERC20;

    function collect(address payer, address token, uint256 amount, uint256 validBefore, bytes32 nonce, bytes calldata signature) external {
        IAuthorizedToken(token).receiveWithAuthorization(payer, address(this), amount, 0, validBefore, nonce, signature);
        IERC20(token).safeTransfer(msg.sender, amount);
    }
}

/// Takes what the operator allows it to.
contract RefundCollectorDouble {
    using SafeERC20 for IERC20;

    function collect(address operator, address token, uint256 amount) external {
        IERC20(token).safeTransferFrom(operator, msg.sender, amount);
    }
}
